"""A press of 1,000 publications for the walk and the search: ten series, ten years, ten
bulletins a year, with figures, a table and a note in each.
usage: thousand.py FOLDER"""
import sys
from pathlib import Path

PLACES = "东海 南山 西湖 北桥 中塘 长岭 白石 清溪 双河 旸谷".split()
THEMES = "走访慰问 年度检查 党建联席 公益集市 志愿服务 人才培训 乡村助学 防汛救灾 评估授牌 换届选举".split()

def bulletin(place, year, number, theme):
    return f"""+++
title = "{place}{theme}简报（{year}年第{number}期）"
kind = "manual"
date = {year}-{number:02}-15
summary = "{place}社会组织第{number}期工作动态：{theme}。"
+++

## 基本情况 {{#facts}}

截至{year}年底，{place}登记社会组织**{{{{ f.registered }}}}**，当年募集款物{{{{ f.raised }}}}。第{number}期关注**“{theme}”**，
由{place}社会组织服务中心组织，一线人员都到场。[^note]

[^note]: 数据由{place}民政部门提供，第{number}期核对过。

## 安排 {{#plan}}

| 环节 | 负责 |
|---|---|
| {theme}筹备 | {place}联络组 |
| 现场协调 | 编号{year}{number:02}工作专班 |

详见[上一节](#facts)。
"""

def figures(place, year):
    at = PLACES.index(place)
    return f"""[registered]
label = "{place}登记社会组织"
value = "{900 + 37 * at + 11 * (year - 2011)}家"
as_of = "{year}-12-31"
source = "{place}民政年报"

[raised]
label = "{place}募集款物"
value = "{120 + 13 * at + 7 * (year - 2011)}万元"
source = "{place}慈善总会"
"""

folder = Path(sys.argv[1])
folder.mkdir(parents=True)
(folder / "annals.toml").write_text('title = "千份年鉴"\npublisher = "示例省"\nformats = ["html"]\nbase_url = "https://annals.example/"\n')
for at, place in enumerate(PLACES):
    series = folder / "content" / f"s{at}"
    for year in range(2011, 2021):
        of_year = series / str(year)
        of_year.mkdir(parents=True)
        (of_year / "figures.toml").write_text(figures(place, year))
        for number, theme in enumerate(THEMES, 1):
            (of_year / f"b{number}.md").write_text(bulletin(place, year, number, theme))
    (series / "series.toml").write_text(f'title = "{place}社会组织"\n')
