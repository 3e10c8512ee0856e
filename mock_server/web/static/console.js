/* The console looks again by itself, shows what a fault will look like, and can be used by keys.
   Everything here also works without it, by links and forms. Written for Chrome 64. */
(function () {
  "use strict";
  var LIVE = ["strip", "kiri", "laci-hidup", "terpasang"];
  var SOON_MS = 1500, HIDDEN_MS = 10000, TROUBLE_MS = 5000;
  var watch = document.querySelector("[data-live]");
  var etag = "";

  function replace(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html");
    var focused = document.activeElement;
    var id = focused && focused.id;
    LIVE.forEach(function (name) {
      var now = document.getElementById(name), next = fresh.getElementById(name);
      if (!now || !next || now.innerHTML === next.innerHTML) { return; }
      var held = now.contains(focused);
      var scroll = now.querySelector(".scroll");
      var left = scroll ? scroll.scrollLeft : 0;
      now.parentNode.replaceChild(document.importNode(next, true), now);
      var again = document.getElementById(name).querySelector(".scroll");
      if (again) { again.scrollLeft = left; }
      if (held && id && document.getElementById(id)) { document.getElementById(id).focus(); }
    });
  }

  function look() {
    var headers = etag ? { "If-None-Match": etag } : {};
    fetch(watch.getAttribute("data-live"), { credentials: "same-origin", headers: headers, redirect: "manual" })
      .then(function (answer) {
        if (answer.type === "opaqueredirect") { location.reload(); return null; }
        if (answer.status === 304) { return null; }
        if (!answer.ok) { throw new Error(String(answer.status)); }
        etag = answer.headers.get("ETag") || "";
        return answer.text();
      })
      .then(function (html) {
        if (html) { replace(html); }
        again(document.hidden ? HIDDEN_MS : SOON_MS);
      })
      .catch(function () { again(TROUBLE_MS); });
  }

  var timer = 0;
  function again(ms) {
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  }

  if (watch) {
    again(SOON_MS);
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden) { again(0); }
    });
  }

  /* --- what a fault will look like --- */
  var fault = document.getElementById("g");
  function preview() {
    var all = document.querySelectorAll("#pratinjau [data-fault]");
    Array.prototype.forEach.call(all, function (one) {
      one.hidden = one.getAttribute("data-fault") !== fault.value;
    });
  }
  if (fault) {
    fault.addEventListener("change", preview);
    Array.prototype.forEach.call(document.querySelectorAll(".no-script"), function (one) {
      one.hidden = true;
    });
    preview();
  }

  /* --- one thing open at a time among a seat's actions --- */
  Array.prototype.forEach.call(document.querySelectorAll("details.seat-act"), function (one) {
    one.addEventListener("toggle", function () {
      if (!one.open) { return; }
      Array.prototype.forEach.call(document.querySelectorAll("details.seat-act[open]"), function (other) {
        if (other !== one) { other.open = false; }
      });
      var field = one.querySelector("input:not([type=hidden]), select, a");
      if (field) { field.focus(); }
    });
  });

  /* --- keys --- */
  var KEPT = "cbtsync-console-keys";
  var box = document.getElementById("pintas");
  function wanted() {
    try { return localStorage.getItem(KEPT) !== "off"; } catch (error) { return true; }
  }
  if (box) {
    box.checked = wanted();
    box.addEventListener("change", function () {
      try { localStorage.setItem(KEPT, box.checked ? "on" : "off"); } catch (error) { /* not kept */ }
    });
  }

  function tiles() {
    return Array.prototype.slice.call(document.querySelectorAll("a.tile"));
  }

  function step(by) {
    var all = tiles();
    if (!all.length) { return; }
    var at = all.indexOf(document.activeElement);
    if (at < 0) { at = all.findIndex(function (one) { return one.hasAttribute("aria-current"); }) - (by > 0 ? 1 : 0); }
    all[(at + by + all.length) % all.length].focus();
  }

  function press(id) {
    var found = document.getElementById(id);
    if (found) { found.click(); }
    return Boolean(found);
  }

  function into(id) {
    var found = document.getElementById(id);
    if (found) { found.focus(); }
  }

  var KEYS = {
    j: function () { step(1); },
    k: function () { step(-1); },
    a: function () { press("tangani"); },
    s: function () { if (press("sapa")) { into("sapa-t"); } },
    g: function () { into("g"); },
    b: function () { if (!press("cairkan")) { into("b-p"); } },
    "1": function () { press("mode-1"); },
    "2": function () { press("mode-2"); },
    "3": function () { press("mode-3"); },
    "?": function () {
      var help = document.getElementById("tombol");
      if (help) { help.open = !help.open; help.querySelector("summary").focus(); }
    }
  };

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "radio";
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !wanted()) { return; }
    var act = KEYS[event.key.toLowerCase()];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}());
