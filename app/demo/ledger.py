"""What the demo's inspections found; the facts are those of many real self-checks, the words our own."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One finding of the demo: `found` days ago, due in `due` days from today, brought to `goal`."""

    visit: str
    unit: str
    text: str
    place: str
    category: str
    clause: str
    demand: str
    found: int
    due: int
    goal: str
    weight: str = "ordinary"
    track: str = "deadline"
    protection: str = ""
    measures: tuple[tuple[str, str], ...] = field(default=())
    seen: str = "wall"


# key: (kind, purpose, place, days ago, inspector, unit, closing chain)
VISITS = {
    "balance": ("special", "义务教育均衡发展专项督导", "东片学区各校", 40, "xu", "QH-DD", ("district", "issuer")),
    "safety": ("safety", "秋季校园安全隐患排查", "全县中小学", 26, "fang", "QH-AQ", ("own_head", "district", "issuer")),
    "routine": ("routine", "责任督学经常性督导", "西片学区", 12, "he", "QH-DD", ("district", "issuer")),
    "fresh": ("random", "随机督导（四不两直）", "东片学区", 1, "xu", "QH-DD", ("district", "issuer")),
    "last": ("routine", "责任督学经常性督导", "东片学区", 400, "xu", "QH-DD", ("district", "issuer")),
}

ROWS = (
    Row("balance", "QH-D1", "校园东侧围墙倾斜开裂，属危墙，课间有学生在墙下活动。", "东侧围墙", "校舍安全", "安-03",
        "立即隔离危险区域，限期拆除重建。", 40, -6, "late", "major", protection="设置硬质围挡并派专人值守，禁止学生靠近。",
        measures=(("聘请有资质单位鉴定并拆除危墙，重建砖砌围墙", "project"), ("重建期间设置围挡并安排值守", "repair"))),
    Row("balance", "QH-D1", "档案内容齐全但编目混乱，检查组按主题查不到对应材料。", "档案室", "档案资料", "均-12",
        "按主题重新编目，做到一目一档。", 40, 2, "verifying", measures=(("参加档案培训后重新编目、装盒、贴签", "paperwork"),),
        seen="shelf"),
    Row("balance", "QH-D1", "各功能室管理员均为兼职，对所管器材数量、用途答不上来。", "各功能室", "队伍建设", "均-07",
        "组织业务培训，做到情况清、数据准。", 40, 5, "rectifying", measures=(("组织功能室管理员业务培训并逐人抽问", "training"),), seen="room"),
    Row("balance", "QH-D1", "学生计算机未接入互联网，无法使用网络教学资源。", "计算机教室", "信息化", "均-09",
        "接通网络并完成调试。", 40, -3, "returned", measures=(("联系运营商接入光纤并调试全部机位", "purchase"),),
        seen="room"),
    Row("balance", "QH-D1", "阅览室与藏书室合用一间，面积不达标。", "图书阅览室", "办学条件", "均-04",
        "纳入改扩建计划，分设阅览室。", 40, 200, "long_term", track="long_term",
        measures=(("申报校舍改扩建项目，分设阅览室和藏书室", "project"),), seen="shelf"),
    Row("balance", "QH-D2", "操场未硬化，无百米直跑道，雨后泥泞不能上体育课。", "操场", "办学条件", "均-05",
        "硬化操场并画设直跑道。", 40, 30, "extended", measures=(("申请专项经费硬化操场、铺设直跑道", "project"),),
        seen="yard"),
    Row("balance", "QH-D2", "部分教师不了解均衡发展主要指标，随机提问多数答错。", "教师办公室", "队伍建设", "均-01",
        "开展全员学习。", 40, -20, "closed", measures=(("召开全员学习会并组织闭卷测试", "training"),), seen="room"),
    Row("balance", "QH-D3", "实验室仪器账物不符，缺显微镜六台。", "实验室", "装备管理", "均-08",
        "清点补齐，账物相符。", 38, -12, "closed", measures=(("全面清点并补购显微镜六台", "purchase"),), seen="shelf"),
    Row("balance", "QH-D3", "校园网站上次更新在一年前，校务公开栏目空白。", "校园网站", "校务公开", "均-15",
        "补齐公开内容并定期更新。", 38, 9, "contested", seen="room"),
    Row("balance", "QH-D4", "旱厕离教室不足十米，异味明显，无洗手设施。", "厕所", "卫生条件", "均-06",
        "改造厕所并增设洗手台。", 38, 21, "issued", seen="yard"),
    Row("safety", "QH-D1", "食堂后门消防通道堆放桌椅杂物。", "食堂", "消防安全", "消-02",
        "立即清空，保持畅通。", 26, -22, "closed_at_once", "serious", "immediate", "当场设专人疏导。", seen="room"),
    Row("safety", "QH-D2", "教学楼二层灭火器压力不足，三具已过检验期。", "教学楼二层", "消防安全", "消-05",
        "更换并登记检验日期。", 26, -1, "late", "serious", "immediate", "临时调配两具合格灭火器。", seen="room"),
    Row("safety", "QH-D3", "宿舍楼外墙瓷砖空鼓，入口上方已有脱落。", "宿舍楼入口", "校舍安全", "安-06",
        "排除脱落危险并修复。", 26, 3, "rectifying", "major", protection="入口搭设防护棚，改走侧门。",
        measures=(("铲除空鼓瓷砖并重新粉刷外墙", "repair"),)),
    Row("safety", "QH-X1", "实验室危险化学品未双人双锁，领用登记缺页。", "化学实验室", "实验室安全", "实-01",
        "落实双人双锁，补全台账。", 26, 1, "verifying_2", "serious", protection="暂停领用，由副校长保管钥匙。",
        measures=(("更换双锁柜并重建领用登记台账", "rule"),), seen="shelf"),
    Row("safety", "QH-X1", "校门口限速标志缺失，放学时段车辆拥堵。", "校门口", "交通安全", "交-03",
        "协调交警增设标志并安排疏导。", 26, 12, "plan_review", measures=(("函请交警部门增设限速标志", "other"),),
        seen="yard"),
    Row("safety", "QH-X2", "食堂留样冰箱温度显示故障，留样记录不全。", "食堂", "食品安全", "食-04",
        "维修冰箱，规范留样。", 26, -8, "closed", measures=(("更换留样冰箱并培训食堂人员", "purchase"),), seen="room"),
    Row("safety", "QH-X2", "配电箱门缺失，电线裸露。", "操场北侧", "用电安全", "电-01",
        "立即修复加锁。", 26, -20, "on_the_spot", "serious", "immediate", "断电并设警示。", seen="wall"),
    Row("safety", "QH-X3", "校园监控三个点位黑屏，录像保存不足三十天。", "门卫室", "技防设施", "技-02",
        "修复点位，扩充存储。", 26, -2, "late_planning", seen="room"),
    Row("routine", "QH-X1", "部分班级课程表与上报课表不一致，体育课被占用。", "七年级", "课程实施", "课-02",
        "按课程方案开齐开足。", 12, 6, "planning", seen="room"),
    Row("routine", "QH-X1", "作业公示栏未按周更新。", "教学楼一层", "作业管理", "课-05",
        "每周更新并留存。", 12, 0, "rectifying", measures=(("指定专人每周更新作业公示并拍照留存", "rule"),), seen="room"),
    Row("routine", "QH-X2", "心理辅导室长期锁闭，无值班记录。", "心理辅导室", "学生关爱", "心-01",
        "落实值班并建立记录。", 12, 4, "asked", measures=(("聘请兼职心理教师并公示值班表", "rule"),), seen="room"),
    Row("routine", "QH-X3", "图书室近一年无借阅登记。", "图书室", "办学条件", "均-04",
        "恢复开放并登记借阅。", 12, 8, "issued", seen="shelf"),
    Row("routine", "QH-X3", "与本次检查另一问题重复登记：图书室借阅记录缺失。", "图书室", "办学条件", "均-04",
        "合并处理。", 12, 8, "merged", seen="shelf"),
    Row("fresh", "QH-D2", "楼梯间应急照明灯三处不亮。", "教学楼楼梯", "消防安全", "消-07",
        "更换应急灯。", 1, 9, "draft", "serious", protection="夜间暂停使用该楼梯。", seen="room"),
    Row("fresh", "QH-D3", "门卫未执行来访登记制度。", "门卫室", "校园安保", "安-11",
        "补齐登记制度并落实到岗。", 1, 14, "draft", seen="room"),
    Row("last", "QH-D1", "上学年档案未装订，部分材料散放。", "档案室", "档案资料", "均-12",
        "按学年装订归档。", 400, -370, "closed", measures=(("集中整理装订上学年档案并上架", "paperwork"),), seen="shelf"),
)  # fmt: skip
