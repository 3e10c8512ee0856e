/* A button that prints the page. Without a script it stays hidden, and the browser's own menu prints. */
(function () {
  "use strict";
  var buttons = document.querySelectorAll("[data-cetak]"), i;
  for (i = 0; i < buttons.length; i += 1) {
    buttons[i].hidden = false;
    buttons[i].addEventListener("click", function () { window.print(); });
  }
}());
