/* Here: drawing the charts of a page from the JSON beside them. Not here: the figures (tables hold them), formats of money. */
"use strict";

addEventListener("DOMContentLoaded", () => {
  if (!window.echarts) return;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const ink = token("--ink-2");
  const line = token("--line");
  const font = { color: ink, fontFamily: getComputedStyle(document.body).fontFamily };
  const colors = ["#9fb3c5", token("--brand"), "#c98a1b", token("--ok")];
  const wan = (value) => (value === null || value === undefined ? "未知" : `${value.toLocaleString("zh-CN", { minimumFractionDigits: 2 })} 万元`);
  const short = (label) => (label.length > 9 ? `${label.slice(0, 8)}…` : label);
  const values = { type: "value", axisLabel: font, splitLine: { lineStyle: { color: line } }, name: "万元", nameTextStyle: font };
  const names = (labels) => ({ type: "category", data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } });

  const shapes = {
    /* One bar for each step of the chain, from the top down. */
    chain: ({ labels, series }) => ({
      grid: { left: 48, right: 96, top: 4, bottom: 4 },
      xAxis: { type: "value", show: false },
      yAxis: { ...names(labels), inverse: true, axisLine: { show: false }, axisLabel: font },
      series: [{ type: "bar", data: series[0].data, barWidth: 16, itemStyle: { color: token("--brand"), borderRadius: 3 }, label: { show: true, position: "right", ...font, formatter: (bar) => wan(bar.value) } }],
    }),
    /* Groups beside each other, several bars each. */
    groups: ({ labels, series }, width) => ({
      color: colors,
      legend: { top: 0, left: 0, textStyle: font, itemWidth: 14, itemHeight: 10 },
      grid: { left: 64, right: 8, top: 56, bottom: labels.length * 110 > width ? 76 : 28 },
      xAxis: { ...names(labels), axisLabel: { ...font, interval: 0, rotate: labels.length * 110 > width ? 35 : 0, formatter: short } },
      yAxis: values,
      series: series.map((each) => ({ ...each, type: "bar", barMaxWidth: 22 })),
    }),
  };

  for (const place of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    place.hidden = false;
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const tooltip = { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", valueFormatter: wan, confine: true };
    chart.setOption({ animation: false, tooltip, ...shapes[place.dataset.shape](data, place.clientWidth) });
    new ResizeObserver(() => chart.resize()).observe(place);
  }
});
