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
  const count = (value) => `${value} 个`;
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
    /* Groups beside each other, several bars each; on a narrow screen the first six. */
    groups: (all, width) => {
      const few = width < 500 ? 6 : all.labels.length;
      const labels = all.labels.slice(0, few);
      return {
        color: colors,
        legend: { top: 0, left: 0, textStyle: font, itemWidth: 14, itemHeight: 10 },
        grid: { left: 64, right: 8, top: 56, bottom: labels.length * 110 > width ? 76 : 28 },
        xAxis: { ...names(labels), axisLabel: { ...font, interval: 0, rotate: labels.length * 110 > width ? 35 : 0, formatter: short } },
        yAxis: values,
        series: all.series.map((each) => ({ ...each, data: each.data.slice(0, few), type: "bar", barMaxWidth: 22 })),
      };
    },
    /* Stages from the first to the last: who stands there, and who has gone on; the second is hatched. */
    funnel: ({ labels, here, beyond }) => ({
      legend: { top: 0, left: 0, textStyle: font, itemWidth: 14, itemHeight: 10, selectedMode: false },
      grid: { left: 84, right: 48, top: 32, bottom: 4 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", valueFormatter: count, confine: true },
      xAxis: { type: "value", show: false },
      yAxis: { ...names(labels), inverse: true, axisLine: { show: false }, axisLabel: { ...font, formatter: short } },
      series: [
        { name: "现在在此", type: "bar", stack: "all", data: here, barWidth: 18, itemStyle: { color: token("--brand") } },
        { name: "已往后", type: "bar", stack: "all", data: beyond, itemStyle: { color: "#cfdae4", decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: "#7d92a6" } },
          label: { show: true, position: "right", ...font, formatter: (bar) => here[bar.dataIndex] + bar.value } },
      ],
    }),
    /* The stages one below the other along the calendar, the last days of deadlines as signs of different form. */
    timeline: ({ stages, spans, marks, today }, width) => {
      const [brand, ok, stop] = [token("--brand"), token("--ok"), token("--stop")];
      const signs = { 按时办结: ["circle", ok], 逾期: ["triangle", stop], 未到期: ["diamond", "#fff"] };
      const bar = (params, api) => {
        const [from, to] = [api.coord([api.value(1), api.value(0)]), api.coord([api.value(2), api.value(0)])];
        return { type: "rect", shape: { x: from[0], y: from[1] - 9, width: Math.max(to[0] - from[0], 3), height: 18, r: 2 }, style: { fill: brand } };
      };
      return {
        legend: { bottom: 0, left: 0, textStyle: font, selectedMode: false },
        grid: { left: 84, right: 20, top: 24, bottom: width < 500 ? 96 : 64 },
        tooltip: { trigger: "item", renderMode: "richText", confine: true, formatter: (point) => point.data.says },
        xAxis: { type: "time", splitNumber: width < 500 ? 2 : 6, axisLabel: { ...font, hideOverlap: true, formatter: "{yyyy}-{MM}-{dd}" }, splitLine: { show: true, lineStyle: { color: line } } },
        yAxis: { ...names(stages), inverse: true, axisLabel: { ...font, formatter: short } },
        series: [
          { name: "所在环节", type: "custom", renderItem: bar, encode: { x: [1, 2], y: 0 }, data: spans, itemStyle: { color: brand },
            markLine: { silent: true, symbol: "none", lineStyle: { color: ink, type: "dashed" }, label: { ...font, formatter: "今天", position: "start" }, data: [{ xAxis: today }] } },
          ...Object.entries(signs).map(([name, [symbol, color]]) => ({
            name: `时限:${name}`, type: "scatter", symbol, symbolSize: 12, symbolOffset: [0, -15], data: marks[name], itemStyle: { color, opacity: 1, borderColor: ink, borderWidth: 1 },
          })),
        ],
      };
    },
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
