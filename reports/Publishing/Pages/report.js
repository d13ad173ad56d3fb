"use strict";
(() => {
  const root = document.documentElement;
  const words = root.lang.startsWith("zh")
    ? { find: "在表中查找", found: "行", copy: "复制", copied: "已复制", ids: "本图全部数字的编号", sorted: "排序" }
    : { find: "Find in the table", found: "rows", copy: "Copy", copied: "Copied", ids: "Ids of all figures of this chart", sorted: "Sort" };

  // Light or dark: what the reader chose here, else what the machine is set to. Before anything is drawn, so that nothing flashes.
  const machine = matchMedia("(prefers-color-scheme: dark)");
  const remembered = value => {
    try {
      if (value) localStorage.setItem("theme", value);
      return localStorage.getItem("theme");
    } catch {
      return value;
    }
  };
  let chosen = remembered();
  const paint = () => {
    root.dataset.theme = chosen || (machine.matches ? "dark" : "light");
    document.querySelector(".theme")?.setAttribute("aria-pressed", root.dataset.theme === "dark");
  };
  paint();
  machine.addEventListener("change", paint);

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const text = node => node.innerText.replace(/\s+/g, " ").trim();
  /** The number that a cell shows, without separators and the mark p; NaN where it shows none. */
  const number = cell => {
    const shown = cell.textContent.replace(/,/g, "").replace("−", "-").match(/^\s*[^\d+-]{0,8}([+-]?\d+(\.\d+)?)/);
    return shown ? parseFloat(shown[1]) : NaN;
  };

  /** A table: sorted by its headings, searched, and taken along as CSV. */
  function table(it) {
    const body = it.tBodies[0];
    const rows = [...body.rows];
    const headings = [...it.tHead.rows[0].cells];
    const sort = at => {
      const was = headings[at].getAttribute("aria-sort");
      const now = was === "descending" ? "" : was ? "descending" : "ascending";
      headings.forEach(h => h.removeAttribute("aria-sort"));
      if (now) headings[at].setAttribute("aria-sort", now);
      const numeric = headings[at].classList.contains("n");
      const key = row => (numeric ? number(row.cells[at]) : row.cells[at].textContent);
      const compare = (a, b) => (numeric ? a - b : a.localeCompare(b, root.lang, { numeric: true }));
      const none = k => k === "" || Number.isNaN(k);
      // What has no value is last either way; a third press gives back the order of the report.
      const sorted = !now ? rows : [...rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        return none(x) || none(y) ? none(x) - none(y) : now === "ascending" ? compare(x, y) : compare(y, x);
      });
      body.append(...sorted);
    };
    // One stop of the tab key for all headings; the arrow keys go from one to the next.
    const buttons = headings.map((heading, at) => {
      const button = make("button", { type: "button", className: "sort", tabIndex: at ? -1 : 0, onclick: () => sort(at) }, ...heading.childNodes);
      heading.append(button);
      return button;
    });
    it.tHead.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && buttons[buttons.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      buttons.forEach(b => (b.tabIndex = b === next ? 0 : -1));
      next.focus();
    });

    const tools = make("div", { className: "tools" });
    if (rows.length > 7) {
      const shown = make("output", {});
      const search = make("input", { type: "search", placeholder: words.find, oninput: () => {
        const wanted = search.value.trim().toLowerCase();
        rows.forEach(row => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
        shown.textContent = wanted ? `${rows.filter(row => !row.hidden).length} / ${rows.length} ${words.found}` : "";
      } });
      search.setAttribute("aria-label", `${words.find}: ${text(it.caption)}`);
      tools.append(search, shown);
    }
    const save = make("button", { type: "button", onclick: () => csv(it) }, "CSV");
    save.setAttribute("aria-label", `CSV: ${text(it.caption)}`);
    tools.append(save);
    it.parentElement.before(tools);
  }

  /** The table as it is shown, numbers as numbers. A text that a spreadsheet would take for a formula is made a text. */
  function csv(it) {
    const field = cell => {
      const said = cell.textContent.replace(/\s+/g, " ").trim();
      const plain = said.replace(/,/g, "").replace("−", "-");
      const safe = /^[+-]?\d+(\.\d+)?$/.test(plain) ? plain : said.replace(/^(?=[=+\-@＝＋－＠])/, "'");
      return `"${safe.replace(/"/g, '""')}"`;
    };
    const lines = [...it.rows].filter(row => !row.hidden).map(row => [...row.cells].map(field).join(","));
    const link = make("a", { download: `${it.caption.id}.csv` });
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** A chart: its values are read by pointer and arrow keys, its series can stand back. Both come from the table below it. */
  function chart(figure, tip) {
    const plot = figure.querySelector(".plot");
    const svg = plot.querySelector("svg");
    const data = figure.querySelector("table");
    const rows = [...data.tBodies[0].rows];
    const headings = data.tHead.rows[0].cells;
    const [, , width] = svg.getAttribute("viewBox").split(" ").map(Number);
    const spots = plot.dataset.spots.split(" ").map(spot => {
      const [x, y, row, column, series] = spot.split(",").map(Number);
      return { x, y, row, column, series };
    });
    const off = new Set();
    const ring = document.createElementNS(svg.namespaceURI, "circle");
    ring.setAttribute("class", "ring");
    ring.setAttribute("r", "8");
    let at;

    const hide = () => {
      ring.remove();
      tip.hidden = true;
    };
    const show = spot => {
      at = spot;
      ring.setAttribute("cx", spot.x);
      ring.setAttribute("cy", spot.y);
      svg.append(ring);
      const row = rows[spot.row];
      const cell = row.cells[spot.column + 1];
      const figureId = cell.querySelector("[data-figure]")?.dataset.figure;
      const heading = headings[spot.column + 1].textContent;
      tip.replaceChildren(
        make("span", {}, `${row.cells[0].textContent} · ${heading}`),
        make("strong", {}, cell.textContent.trim()),
        ...(figureId ? [make("code", {}, `innovation trace ${figureId}`)] : []),
      );
      tip.hidden = false;
      const box = svg.getBoundingClientRect();
      const scale = box.width / width;
      const left = box.left + spot.x * scale + 14;
      const top = box.top + spot.y * scale - tip.offsetHeight - 10;
      tip.style.left = `${Math.max(4, Math.min(left, root.clientWidth - tip.offsetWidth - 4))}px`;
      tip.style.top = `${top < 50 ? box.top + spot.y * scale + 14 : top}px`;
    };
    const seen = () => spots.filter(spot => !off.has(spot.series));
    const nearest = event => {
      const box = svg.getBoundingClientRect();
      const scale = width / box.width;
      const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
      const far = spot => (spot.x - x) ** 2 + (spot.y - y) ** 2;
      return seen().reduce((best, spot) => (!best || far(spot) < far(best) ? spot : best), undefined);
    };
    for (const kind of ["pointermove", "pointerdown"])
      svg.addEventListener(kind, event => {
        const spot = nearest(event);
        if (spot) show(spot);
      });
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("focus", () => {
      const spot = seen().includes(at) ? at : seen()[0];
      if (spot && plot.matches(":focus-visible")) show(spot);
    });
    // Left and right along a column of the table, up and down along a row: either way comes past every value.
    plot.addEventListener("keydown", event => {
      if (event.key === "Escape") return hide();
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const across = event.key === "ArrowLeft" || event.key === "ArrowRight";
      const order = seen().sort((a, b) => (across ? a.column - b.column || a.row - b.row : a.row - b.row || a.column - b.column));
      const spot = order[Math.max(0, Math.min(order.indexOf(at) + step, order.length - 1))];
      if (!spot) return;
      const box = svg.getBoundingClientRect();
      plot.scrollLeft = spot.x * (box.width / width) - plot.clientWidth / 2;
      show(spot);
    });

    const group = figure.querySelector(".series");
    if (!group) return;
    group.hidden = false;
    [...group.querySelectorAll("button")].forEach((button, series) => {
      button.onclick = () => {
        const back = !off.delete(series) && !!off.add(series);
        button.setAttribute("aria-pressed", !back);
        svg.querySelectorAll(`[data-series="${series}"]`).forEach(mark => mark.classList.toggle("off", back));
      };
    });
  }

  /** A citation or command that can be copied. */
  function copyable(it) {
    const button = make("button", { type: "button", onclick: () => {
      getSelection().selectAllChildren(it);
      document.execCommand("copy");
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 2000);
    } }, words.copy);
    it.after(" ", button);
  }

  addEventListener("DOMContentLoaded", () => {
    const theme = document.querySelector(".theme");
    theme.hidden = false;
    theme.onclick = () => {
      chosen = remembered(root.dataset.theme === "dark" ? "light" : "dark");
      paint();
    };
    paint();

    const tip = make("div", { className: "tip", hidden: true });
    tip.setAttribute("role", "status");
    document.querySelector("main").append(tip);
    addEventListener("scroll", () => (tip.hidden = true), { passive: true });
    document.querySelectorAll("figure .plot[data-spots]").forEach(plot => chart(plot.closest("figure"), tip));
    document.querySelectorAll(".copyable").forEach(copyable);
    document.querySelectorAll("main table").forEach(table);
    document.querySelectorAll("figure .ids").forEach(list => {
      list.closest("details").addEventListener("toggle", () => {
        const ids = [...list.closest("figure").querySelectorAll("table [data-figure]")].flatMap(f => f.dataset.figure.split(" "));
        list.textContent = `${words.ids}: ${[...new Set(ids)].join("  ")}`;
      }, { once: true });
    });

    const links = new Map([...document.querySelectorAll(".contents a")].map(a => [a.hash.slice(1), a]));
    const follow = new IntersectionObserver(entries => {
      for (const entry of entries.filter(e => e.isIntersecting)) {
        links.forEach(a => a.removeAttribute("aria-current"));
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
        const list = document.querySelector(".contents");
        const link = links.get(entry.target.id);
        if (link && list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
      }
    }, { rootMargin: "-20% 0px -75% 0px" });
    document.querySelectorAll("main section").forEach(section => follow.observe(section));

    // On paper everything is open.
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      opened.forEach(d => (d.open = true));
    });
    addEventListener("afterprint", () => opened.forEach(d => (d.open = false)));
  });
})();
