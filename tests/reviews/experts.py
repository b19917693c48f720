"""Here: a small pool of experts for tests. Not here: the city (tests/conftest.py)."""

from reviews.models import Expert

POOL = (
    ("周海平", "温州大学", ["网络安全"]), ("林晓东", "浙江工贸学院", ["数据共享"]), ("陈立新", "市职业中专", ["软件工程"]),
    ("张维国", "温州电信", ["网络安全", "软件工程"]), ("李敏", "温州移动", ["数据共享"]), ("王建华", "温州设计院", ["造价"]),
    ("赵文斌", "温州医科大学", ["软件工程"]), ("吴秀英", "温州联通", ["造价", "数据共享"]),
)  # fmt: skip
MANY = tuple((f"专家{at}", f"单位{at}", ["软件工程"]) for at in range(20))


def fill_pool(city, rows=POOL) -> dict[str, Expert]:
    """The experts by name."""
    return {
        name: Expert.objects.create(
            jurisdiction=city.jurisdiction, name=name, employer=employer, specialties=specialties
        )
        for name, employer, specialties in rows
    }
