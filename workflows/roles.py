"""Who may stand in which relation to a task; the clock is an actor too."""

from enum import StrEnum


class Role(StrEnum):
    """A relation between a person (or a post) and one task."""

    INSPECTOR = "inspector"  # found it, or issues it for the unit that found it 督学/下达单位
    HEAD = "head"  # head of the responsible unit 单位负责人
    OWNER = "owner"  # puts it right 责任人
    REVIEWER = "reviewer"  # agrees the measures 措施审核
    VERIFIER = "verifier"  # verifies at one level 验收人
    DECIDER = "decider"  # decides an extension 延期审批
    LEADER = "leader"  # leader in charge of the issuing side 分管领导
    SUPPORTER = "supporter"  # supporting unit 配合单位
    CLOCK = "clock"  # the machine itself 系统


INSPECTOR, HEAD, OWNER = Role.INSPECTOR, Role.HEAD, Role.OWNER
REVIEWER, VERIFIER, DECIDER = Role.REVIEWER, Role.VERIFIER, Role.DECIDER
LEADER, SUPPORTER, CLOCK = Role.LEADER, Role.SUPPORTER, Role.CLOCK

LABELS = {
    INSPECTOR: "Inspector",
    HEAD: "Head of the unit",
    OWNER: "Owner",
    REVIEWER: "Reviewer",
    VERIFIER: "Verifier",
    DECIDER: "Decider",
    LEADER: "Leader in charge",
    SUPPORTER: "Supporting unit",
    CLOCK: "The system",
}
