"""Which font stands in where an official one is not installed: whoever mounts the real ones gets those."""

from __future__ import annotations

SERIF, SANS = (
    ("Noto Serif CJK SC", "Source Han Serif SC"),
    ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
)
STAND_INS = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", *SERIF),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *SERIF),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", *SERIF),
    "黑体": ("SimHei", "STHeiti", *SANS),
    "宋体": ("SimSun", "STSong", *SERIF),
}


def _alias(font: str, others: tuple[str, ...]) -> str:
    accepted = "".join(f"<family>{other}</family>" for other in others)
    return f'<alias binding="same"><family>{font}</family><accept>{accepted}</accept></alias>'


FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    + "".join(_alias(font, others) for font, others in STAND_INS.items())
    + "</fontconfig>"
)
