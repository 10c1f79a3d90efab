// Keyboard shortcuts of a page: j k move through rows, Enter opens one, 0–9 choose, u or Backspace undoes, ? or space leaves for
// later, arrows move among choices, Ctrl+Enter sends, / or Ctrl+K searches.
// Each does what a visible link or button does; single letters can be switched off (WCAG 2.1.4) and stay off.
(function () {
  "use strict";

  const STORE = "dean06-phim-tat";
  const root = document.documentElement;
  root.classList.add("js");

  function remembered() {
    try {
      return window.localStorage.getItem(STORE) !== "tat";
    } catch {
      return true;
    }
  }

  let on = remembered();

  function show() {
    root.classList.toggle("keys-off", !on);
    document.querySelectorAll("[data-keys-toggle]").forEach(function (button) {
      button.textContent = on ? button.dataset.on : button.dataset.off;
      button.setAttribute("aria-pressed", String(!on));
    });
  }

  function toggle() {
    on = !on;
    try {
      window.localStorage.setItem(STORE, on ? "bat" : "tat");
    } catch {
      // a browser that stores nothing keeps the choice for this page
    }
    show();
  }

  function typing(target) {
    return target instanceof HTMLElement
      && (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])"));
  }

  function rows() {
    return Array.from(document.querySelectorAll("[data-row]"));
  }

  function move(step) {
    const all = rows();
    if (!all.length) {
      return false;
    }
    const here = all.findIndex(function (row) { return row.contains(document.activeElement); });
    const open = all.findIndex(function (row) { return row.classList.contains("is-open"); });
    const from = here >= 0 ? here : open;
    const next = from < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, from + step));
    const target = all[next].querySelector("a, button") || all[next];
    target.focus();
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(selector) {
    const target = document.querySelector(selector);
    if (!target) {
      return false;
    }
    target.click();
    if (target.matches("input")) {
      target.focus();
    }
    return true;
  }

  function pressable(target) {
    return target instanceof HTMLElement && target.matches("a, button, summary, input, select, textarea");
  }

  // Arrows walk among the choices of a page; Enter or space takes the one that has focus.
  function choose(step) {
    const choices = Array.from(document.querySelectorAll("[data-choices] button"));
    if (!choices.length) {
      return false;
    }
    const here = choices.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : choices.length - 1) : (here + step + choices.length) % choices.length;
    choices[next].focus();
    return true;
  }

  function send() {
    const form = (document.activeElement && document.activeElement.closest("form[data-send]")) || document.querySelector("form[data-send]");
    if (!form) {
      return false;
    }
    form.requestSubmit();
    return true;
  }

  function search() {
    const field = Array.from(document.querySelectorAll("input[type=search]")).find(function (each) { return each.offsetParent !== null; });
    if (!field) {
      return false;
    }
    field.focus();
    return true;
  }

  // Arrows walk from the search box through what it offers, and back.
  function offered(step) {
    const form = document.activeElement && document.activeElement.closest("[data-find]");
    if (!form) {
      return false;
    }
    const stops = [form.querySelector("input[type=search]")].concat(Array.from(form.querySelectorAll(".find-menu a")));
    const next = stops.indexOf(document.activeElement) + step;
    if (stops.length < 2 || next < 0 || next >= stops.length) {
      return false;
    }
    stops[next].focus();
    return true;
  }

  function act(key) {
    if (key === "j" || key === "k") {
      return move(key === "j" ? 1 : -1);
    }
    if (key === "u" || key === "backspace") {
      return press("[data-key=u]");
    }
    if (key === "?") {
      return press("[data-key=skip]");
    }
    if (key === "arrowleft" || key === "arrowright") {
      return choose(key === "arrowright" ? 1 : -1);
    }
    if (key === "/") {
      return search();
    }
    if (key === " ") {
      return !pressable(document.activeElement) && press("[data-key=skip]");
    }
    return /^[0-9]$/.test(key) && press("[data-key='" + key + "']");
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) {
      return;
    }
    if (event.ctrlKey) {
      if ((event.key === "Enter" && send()) || (event.key.toLowerCase() === "k" && search())) {
        event.preventDefault();
      }
      return;
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offered(event.key === "ArrowDown" ? 1 : -1)) {
      event.preventDefault();
      return;
    }
    if (on && !typing(event.target) && act(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target instanceof Element && event.target.closest("[data-keys-toggle]")) {
      toggle();
    }
  });

  show();
})();
