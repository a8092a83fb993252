// Draws the figures of tables that stand on the page. Without it, or without scripts at all, the tables say everything.
(function () {
  "use strict";
  const MOST = 25;

  // The columns that hold figures for programs, and the rows that have any.
  function read(table) {
    const heads = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim());
    const rows = Array.from(table.tBodies[0].rows);
    const columns = heads
      .map((_, index) => index)
      .filter((index) => rows.some((row) => row.cells[index].dataset.value !== undefined));
    const value = (cell) => (cell.dataset.value === undefined ? null : Number(cell.dataset.value));
    return {
      heads: columns.map((index) => heads[index]),
      rows: rows
        .map((row) => ({
          name: row.cells[0].textContent.trim().replace(/\s+/g, " "),
          values: columns.map((index) => value(row.cells[index])),
        }))
        .filter((row) => row.values.some((one) => one !== null)),
    };
  }

  function bars(data, rtl) {
    const rows = data.rows.slice(0, MOST);
    return {
      xAxis: { type: "value", inverse: rtl },
      yAxis: { type: "category", inverse: true, data: rows.map((row) => row.name), position: rtl ? "right" : "left" },
      series: data.heads.map((head, index) => ({
        name: head,
        type: "bar",
        data: rows.map((row) => row.values[index]),
      })),
    };
  }

  function lines(data, rtl) {
    return {
      xAxis: { type: "category", data: data.heads, inverse: rtl },
      yAxis: { type: "value", position: rtl ? "right" : "left" },
      series: data.rows.slice(0, MOST).map((row) => ({ name: row.name, type: "line", connectNulls: false, data: row.values })),
    };
  }

  function draw(place) {
    const table = document.getElementById(place.dataset.table);
    const data = read(table);
    if (data.rows.length === 0) {
      return;
    }
    place.hidden = false;
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", place.dataset.label);
    const rtl = document.documentElement.dir === "rtl";
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(
      Object.assign(
        {
          animation: false,
          legend: { type: "scroll", top: 0 },
          grid: { left: 24, right: 24, top: 40, bottom: 16, containLabel: true },
          // Drawn on the canvas: the page admits no inline style.
          tooltip: { trigger: "axis", renderMode: "richText" },
        },
        place.dataset.chart === "line" ? lines(data, rtl) : bars(data, rtl)
      )
    );
    window.addEventListener("resize", () => chart.resize());
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
