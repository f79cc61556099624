"use strict";
const search = document.getElementById("search");
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const section of document.querySelectorAll("section")) {
    const name = section.id.toLowerCase();
    let shown = 0;
    for (const row of section.querySelectorAll("tbody tr")) {
      const text = name + " " + row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    section.hidden = words.length > 0 && shown === 0;
  }
});
