// What each page runs from its head on. The server puts it into the page, whose policy allows it by its hash.

// Fields wait for the live page; without script they are used at once.
document.documentElement.classList.add("sl-script");

// The guide for newcomers stays hidden once it was dismissed; only the browser knows, and no server is told.
(function () {
  var seen = "sl-guide-seen", page = document.documentElement;
  try { if (localStorage.getItem(seen)) page.classList.add(seen); } catch (e) {}
  document.addEventListener("click", function (e) {
    if (!e.target.closest || !e.target.closest(".sl-guide button")) return;
    page.classList.add(seen);
    try { localStorage.setItem(seen, "1"); } catch (e) {}
    var next = document.getElementById("sl-content");
    if (next) next.focus();
  });
})();

// The link to the other language takes along what was chosen since the page's head was drawn.
document.addEventListener("click", function (e) {
  var link = e.target.closest && e.target.closest("a.sl-language");
  if (!link) return;
  var here = new URL(location.href), there = new URL(link.href);
  here.searchParams.set("sprache", there.searchParams.get("sprache"));
  link.href = here.href;
}, true);

// A link to another page within a piece of HTML turns the page as the frame's own links do, without loading it anew,
// since the frame follows the browser's history. In a new tab, or before the frame is there, it is a plain link.
document.addEventListener("click", function (e) {
  if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  var link = e.target.closest && e.target.closest("a.sl-page");
  if (!link || link.closest("#sl-first")) return;
  e.preventDefault();
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
});

// A report is made when it is asked for, with what is selected by then; meanwhile the page says so.
document.addEventListener("click", function (e) {
  if (e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  var link = e.target.closest && e.target.closest("a.sl-report");
  if (!link) return;
  e.preventDefault();
  var line = link.closest("ul").nextElementSibling, words = line.firstElementChild, clock = line.lastElementChild;
  if (line.dataset.began) return;
  var asked = new URL(link.href), kept = ["stand", "sprache", "recht"];
  Array.from(asked.searchParams.keys()).forEach(function (name) {
    if (kept.indexOf(name) < 0) asked.searchParams.delete(name);
  });
  new URL(location.href).searchParams.forEach(function (value, name) {
    if (kept.indexOf(name) < 0 && name !== "fassung") asked.searchParams.set(name, value);
  });
  line.dataset.began = Date.now();
  words.textContent = line.dataset.making;
  var ticking = setInterval(function () {
    clock.textContent = Math.round((Date.now() - line.dataset.began) / 1000) + " s";
  }, 1000);
  function end(said) {
    clearInterval(ticking);
    clock.textContent = "";
    words.textContent = said;
    delete line.dataset.began;
  }
  fetch(asked).then(function (answer) {
    if (!answer.ok) return answer.text().then(function (why) { end(answer.status === 503 ? why : line.dataset.failed); });
    var named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") || "");
    return answer.blob().then(function (content) {
      var file = document.createElement("a");
      file.href = URL.createObjectURL(content);
      file.download = named ? decodeURIComponent(named[1]) : "";
      file.click();
      setTimeout(function () { URL.revokeObjectURL(file.href); }, 60000);
      end(line.dataset.done);
    });
  }).catch(function () { end(line.dataset.failed); });
});
