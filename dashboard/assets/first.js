// The article that came with the page gives way to the live page once that is whole.
(function () {
  var first = document.getElementById("sl-first"), live = document.getElementById("root");
  if (!first) return;
  // One of the two is read aloud and reached by keyboard, never both.
  live.inert = true;
  var fields = first.querySelectorAll(".sl-choosing");
  fields.forEach(function (one) { one.inert = true; });

  function seen(chart) {
    var box = chart.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }
  function isWhole() {
    if (!live.querySelector(".sl-footer") || live.querySelector("[data-testid=stSkeleton]")) return false;
    return [].every.call(live.querySelectorAll("[data-testid=stVegaLiteChart]"), function (chart) {
      return chart.querySelector("svg, canvas") || !seen(chart);
    });
  }
  function same(one) {
    if (!one || !first.contains(one)) return null;
    if (one.id) return document.querySelector("#root [id='" + one.id + "']");
    var selector = one.tagName === "A" ? "#root a" : "#root " + one.tagName.toLowerCase();
    return [].find.call(document.querySelectorAll(selector), function (other) {
      return other.href === one.href && other.textContent.trim() === one.textContent.trim();
    });
  }
  function give() {
    if (!isWhole()) return;
    watch.disconnect();
    clearTimeout(late);
    var main = live.querySelector("[data-testid=stMain]"), top = first.scrollTop, typed = first.querySelector("input[name=wort]");
    var focused = same(document.activeElement), words = typed && typed.value, place = typed && typed.selectionStart;
    var open = [].map.call(first.querySelectorAll("details.sl-unfolding[open] > summary"), function (one) { return one; });
    open.map(same).forEach(function (summary) { if (summary && summary.closest(".sl-unfolding")) summary.parentElement.open = true; });
    first.remove();
    live.inert = false;
    if (main && top) main.scrollTop = top;
    var field = live.querySelector("input[name=wort]");
    if (field && words) { field.value = words; field.setSelectionRange(place, place); }
    if (focused) focused.focus({preventScroll: true});
  }
  // Where the live page does not come, its place is not left to a page on which nothing can be chosen.
  var late = setTimeout(function () {
    document.documentElement.classList.remove("sl-script");
    fields.forEach(function (one) { one.inert = false; });
  }, 10000);
  var watch = new MutationObserver(give);
  watch.observe(live, {childList: true, subtree: true});
})();
