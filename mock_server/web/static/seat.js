/* The seat looks again by itself: what has changed on the page is put in place, and nothing else.

   Plain and old on purpose (Chrome 64). The page works without it. Nothing is decided here. */
(function () {
  "use strict";

  var EVERY_MS = 2000, HIDDEN_MS = 15000, LATE_MS = 15000, READ_MS = 10000;
  var body = document.body;
  var base = body.getAttribute("data-dasar");
  if (!base || !window.XMLHttpRequest || !window.DOMParser) { return; }

  var etag = "", failures = 0, timer = 0, asking = null, leaving = false, drafted = null;
  var told = document.getElementById("kabar"), cut = document.getElementById("putus");

  /* --- the thing that has the focus, found again after its region was put in anew --- */

  function keyOf(node) {
    if (!node || node === body) { return ""; }
    if (node.id) { return "#" + node.id; }
    var key = node.getAttribute && node.getAttribute("data-kunci");
    if (key) { return '[data-kunci="' + key + '"]'; }
    if (node.tagName === "A" && node.getAttribute("href")) { return 'a[href="' + node.getAttribute("href").replace(/"/g, '\\"') + '"]'; }
    if (node.name && node.value !== undefined) { return node.tagName.toLowerCase() + '[name="' + node.name + '"]'; }
    return "";
  }

  function find(key) {
    try { return key ? document.querySelector(key) : null; } catch (error) { return null; }
  }

  function fieldsOf(region) {
    return Array.prototype.filter.call(region.querySelectorAll("input, textarea, select"), function (field) {
      return field.type !== "hidden" && (field.id || field.name);
    });
  }

  function sameField(region, old) {
    var all = fieldsOf(region), i;
    for (i = 0; i < all.length; i += 1) {
      if (all[i].name === old.name && all[i].id === old.id && (old.type !== "radio" || all[i].value === old.value)) { return all[i]; }
    }
    return null;
  }

  function wasTouched(field) {
    if (field.type === "radio" || field.type === "checkbox") { return field.checked !== field.defaultChecked; }
    if (field.tagName === "SELECT") { return field.selectedIndex > 0; }
    return field.value !== field.defaultValue;
  }

  /* Put a region in place of its old self: typed text, focus, caret, scroll and open hints stay. */
  function swap(old, fresh) {
    var active = document.activeElement, inside = old.contains(active), key = inside ? keyOf(active) : "";
    var caret = inside && /^(text|search)$/.test(active.type || "") || (inside && active.tagName === "TEXTAREA")
      ? [active.selectionStart, active.selectionEnd] : null;
    var typed = fieldsOf(old).filter(wasTouched);
    var scrolled = [".windows", ".icons", ".coach-body", ".list", ".cbt-main"].map(function (of) {
      var node = old.querySelector(of);
      return [of, node ? node.scrollTop : 0];
    });
    var opened = Array.prototype.map.call(old.querySelectorAll("details[open][id]"), function (node) { return node.id; });
    old.parentNode.replaceChild(fresh, old);
    typed.forEach(function (field) {
      var found = sameField(fresh, field);
      if (!found) { return; }
      if (field.type === "radio" || field.type === "checkbox") { found.checked = field.checked; } else { found.value = field.value; }
    });
    opened.forEach(function (id) {
      var node = document.getElementById(id);
      if (node) { node.setAttribute("open", ""); }
    });
    scrolled.forEach(function (pair) {
      var node = fresh.querySelector(pair[0]);
      if (node && pair[1]) { node.scrollTop = pair[1]; }
    });
    var again = find(key);
    if (again) {
      again.focus();
      if (caret && again.setSelectionRange) { again.setSelectionRange(caret[0], caret[1]); }
    } else if (inside) {
      var dialog = fresh.querySelector("[autofocus]") || fresh.querySelector(".windows");
      if (dialog) { dialog.focus(); }
    }
  }

  /* A region that differs is changed; what is the same is left alone. */
  function update(old, fresh) {
    var seen = fresh.outerHTML;
    if ((old.seenHtml || old.outerHTML) === seen) { return; }
    swap(old, fresh);
    fresh.seenHtml = seen;
  }

  function regionsOf(root) {
    return Array.prototype.filter.call(root.querySelectorAll("[data-bagian]"), function (node) {
      return !node.querySelector("[data-bagian]");
    });
  }

  function take(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    regionsOf(fresh).forEach(function (region) {
      var old = document.querySelector('[data-bagian="' + region.getAttribute("data-bagian") + '"]');
      if (old) { update(old, document.importNode(region, true)); }
    });
    var state = fresh.querySelector("[data-keadaan]");
    if (state) {
      body.setAttribute("data-alamat", state.getAttribute("data-alamat") || "");
      body.className = state.getAttribute("data-keadaan");
      if (state.getAttribute("data-pindah")) { window.location.assign(state.getAttribute("data-pindah")); }
    }
    tell();
    count();
    hold();
  }

  function tell() {
    var news = document.querySelector("[data-kabar]"), text = news ? news.getAttribute("data-kabar") : "";
    if (told && text !== told.textContent) { told.textContent = text; }
  }

  /* --- looking again --- */

  function later(ms) {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, ms);
  }

  function pause() {
    if (document.hidden) { return HIDDEN_MS; }
    return Math.min(EVERY_MS * Math.pow(2, failures), LATE_MS);
  }

  function failed() {
    failures += 1;
    if (failures > 1 && cut) { cut.hidden = false; }
    later(pause());
  }

  function look() {
    if (leaving || asking) { return; }
    var request = new XMLHttpRequest(), query = body.getAttribute("data-alamat");
    asking = request;
    request.open("GET", base + "bagian" + (query ? "?" + query : ""));
    request.timeout = 12000;
    if (etag) { request.setRequestHeader("If-None-Match", etag); }
    request.onload = function () {
      asking = null;
      if (leaving) { return; }
      if (request.status === 200) {
        etag = request.getResponseHeader("ETag") || "";
        take(request.responseText);
      } else if (request.status === 404) {
        window.location.reload();
        return;
      } else if (request.status !== 304) { failed(); return; }
      failures = 0;
      if (cut) { cut.hidden = true; }
      later(pause());
    };
    request.onerror = request.ontimeout = function () { asking = null; failed(); };
    request.send();
  }

  /* --- freeze countdown, in whole seconds of this browser --- */

  function count() {
    var node = document.querySelector("[data-sisa-ms]");
    if (node && !node.getAttribute("data-sampai")) {
      node.setAttribute("data-sampai", String(Date.now() + Number(node.getAttribute("data-sisa-ms"))));
    }
  }

  function tick() {
    var node = document.querySelector("[data-sampai]");
    if (!node) { return; }
    var left = Math.max(0, Math.round((Number(node.getAttribute("data-sampai")) - Date.now()) / 1000));
    node.textContent = Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2);
  }

  /* --- the next rung of a hint opens a while after the one before: first read, then ask --- */

  var held = {};

  function hold() {
    Array.prototype.forEach.call(document.querySelectorAll("button[data-tahan]"), function (button) {
      var rung = base + button.getAttribute("data-tahan"), word = button.querySelector("span"), left;
      if (held[rung] === undefined) { held[rung] = since(rung); }
      left = Math.ceil((held[rung] + READ_MS - Date.now()) / 1000);
      if (!button.disabled && left > 0 && word) {
        button.setAttribute("data-buka", word.textContent);
        button.disabled = true;
      }
      if (!button.hasAttribute("data-buka")) { return; }
      button.disabled = left > 0;
      word.textContent = left > 0 ? button.getAttribute("data-nanti") + " (" + left + ")" : button.getAttribute("data-buka");
      if (left <= 0) { button.removeAttribute("data-buka"); }
    });
  }

  /* When this browser first saw the rung; loading the page again does not begin the wait anew. */
  function since(rung) {
    var seen = 0;
    try {
      seen = Number(window.sessionStorage.getItem("petunjuk " + rung)) || 0;
      if (!seen) { window.sessionStorage.setItem("petunjuk " + rung, String(Date.now())); }
    } catch (error) { /* a browser that stores nothing */ }
    return seen || Date.now();
  }

  /* --- the keyboard and the ways out --- */

  function closeCbtsync(event) {
    var button = document.getElementById("tutup-cbtsync");
    if (event.altKey && (event.key === "F4" || event.keyCode === 115) && button && !button.disabled) {
      event.preventDefault();
      button.click();
    }
  }

  function keepDraft(event) {
    var field = event.target, form;
    if (!field || !field.getAttribute || !field.getAttribute("data-draf") || field.value === drafted) { return; }
    drafted = field.value;
    form = new window.FormData();
    form.append("aksi", field.getAttribute("data-draf"));
    form.append(field.name, field.value);
    form.append("draf", "1");
    var request = new XMLHttpRequest();
    request.open("POST", base + "lakukan");
    request.send(form);
  }

  function remember() {
    leaving = true;
    window.clearTimeout(timer);
    if (asking) { asking.abort(); asking = null; }
    try {
      var windows = document.querySelector(".windows");
      window.sessionStorage.setItem("meja", JSON.stringify([base, keyOf(document.activeElement), windows ? windows.scrollTop : 0]));
    } catch (error) { /* a browser that stores nothing */ }
  }

  function recall() {
    var kept = null, node;
    try { kept = JSON.parse(window.sessionStorage.getItem("meja") || "null"); window.sessionStorage.removeItem("meja"); } catch (error) { /* likewise */ }
    if (!kept || kept[0] !== base) { return; }
    node = document.querySelector("[autofocus]") ? null : find(kept[1]);
    if (node && document.activeElement === body) { node.focus(); }
  }

  function calm() {
    /* What was said or lost stands on the page once; loading the page again asks anew. */
    var query = window.location.search;
    if (/[?&](kata|galat)=/.test(query) && window.history.replaceState) {
      var left = query.slice(1).split("&").filter(function (part) { return !/^(kata|galat|st|jeda|x_[a-z_]+)=/.test(part); }).join("&");
      window.history.replaceState(null, "", window.location.pathname + (left ? "?" + left : ""));
    }
  }

  document.addEventListener("keydown", closeCbtsync, true);
  document.addEventListener("change", keepDraft);
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.getAttribute("data-terkirim")) { event.preventDefault(); return; }
    form.setAttribute("data-terkirim", "1");
    window.setTimeout(function () { form.removeAttribute("data-terkirim"); }, 4000);
    remember();
    window.setTimeout(function () { leaving = false; later(EVERY_MS); }, 8000);
  });
  window.addEventListener("pagehide", remember);
  window.addEventListener("pageshow", function (event) { leaving = false; if (event.persisted) { window.location.reload(); } });
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { later(0); } });
  window.addEventListener("online", function () { later(0); });
  window.setInterval(function () { tick(); hold(); }, 500);

  calm();
  recall();
  tell();
  count();
  hold();
  later(EVERY_MS);
}());
