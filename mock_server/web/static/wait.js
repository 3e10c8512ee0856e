/* A page that waits loads itself again. Without a script the browser does it, told by a <meta>. */
(function () {
  "use strict";
  var seconds = Number(document.currentScript.getAttribute("data-detik"));
  window.setTimeout(function () { window.location.reload(); }, 1000 * seconds);
}());
