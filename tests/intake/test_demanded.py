"""A defect is known by what is asked for beside it, whatever it is called; a pledge speaks of none."""

from __future__ import annotations

from app.intake.readers import read_text

MALL = """以下各項須予糾正:
(1) 2樓小館:滅火毯欠奉,請於2月14日或之前補置;風喉油漬厚積,須聘註冊承辦商清洗。
(2) 1樓藥房:後門擺放雜誌架,職員已即場移走,今後不得再犯。
(3) 3樓戲院:年檢證書有效,無須跟進。
2026年2月5日"""
BUSES = """关于校车联合检查情况的通报
县校车办对17辆校车进行了检查,但也发现一些问题,通报如下:
一、云台小学.尾号205的校车安全锤只剩一把,要求立即补齐;无超员现象.
二、长顺客运公司.尾号668的校车轮胎花纹深度1毫米,已暂扣标牌,更换后方可上路;日志10月份漏记5天,应指定专人登记.
三、北山中学.校车干净整洁,未发现问题.
2024年10月24日"""
PLEDGE = """食堂食品安全承诺书
本人作为食堂承包负责人,郑重承诺:
1.留样不足125克的,发现一次扣款500元.
2.餐具消毒不彻底的,限期整改,整改期间暂停供餐.
3.对检查发现的问题,在规定时限内整改到位.
如有违反,自愿接受处罚."""


def test_what_is_asked_for_beside_it_tells_a_defect():
    found = read_text(MALL).findings
    assert [one.text.strip("。") for one in found[:2]] == ["滅火毯欠奉", "風喉油漬厚積"]
    assert "後門擺放雜誌架" in found[2].text
    assert len(found) == 3
    assert found[0].deadline.isoformat() == "2026-02-14"


def test_each_body_has_its_own_and_what_is_absent_is_none():
    found = read_text(BUSES).findings
    assert [one.unit for one in found] == ["云台小学", "长顺客运公司", "长顺客运公司"]
    assert not any("超员" in one.text for one in found)


def test_a_pledge_names_what_would_be_wrong_and_nothing_that_is():
    assert read_text(PLEDGE).findings == ()
