"""Here: code tables of the filing. Not here: anything a regulation decides (packs)."""

PUBLIC_FACILITIES = [
    "政务外网",
    "政务云平台",
    "政务数据中心机房",
    "公共数据共享平台",
    "统一身份认证",
    "统一短信平台",
    "视频会议系统",
    "电子签章平台",
]
