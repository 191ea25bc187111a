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
