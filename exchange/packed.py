"""Here: looking into a packed file (OOXML, OFD) before anything unpacks it. Not here: which files are taken (projects/uploads.py)."""

import zipfile

from django.core.exceptions import ValidationError

MAX_MEMBERS = 5000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
SMALL = 1024 * 1024
ACTIVE_MEMBERS = (
    "vbaproject",
    "activex",
    "macrosheets",
    "oleobject",
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".ps1",
    ".bin",
)
PLAIN_BINARIES = ("printersettings", "/thumbnails/")


def check_packed(file, member: str, *, most: int = MAX_UNPACKED) -> None:
    """Refuse what is damaged, a bomb (more than `most` bytes unpacked), encrypted, or holds programs; `member` must be in it.

    Raises ValidationError with the reason in Chinese.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValidationError("文件已损坏,打不开,请重新生成后上传。", code="damaged") from error
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MAX_MEMBERS or unpacked > most or (unpacked > SMALL and unpacked > packed * MAX_RATIO):
        raise ValidationError("文件解压后过大,疑似压缩炸弹,不能上传。", code="bomb")
    names = [info.filename for info in infos]
    if member not in names:
        raise ValidationError("文件内容与扩展名不符。", code="content")
    if any(info.flag_bits & 1 for info in infos):
        raise ValidationError("文件加了密码,无法检查;请去掉密码后上传。", code="encrypted")
    for name in map(str.lower, names):
        if any(part in name for part in ACTIVE_MEMBERS) and not any(part in name for part in PLAIN_BINARIES):
            raise ValidationError("文件含有宏、脚本或嵌入程序,请去掉后另存再上传。", code="active")
