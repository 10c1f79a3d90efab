// What a page adds to server HTML: focus where the eye should be, menus that close, upload progress. Nothing depends on it.
(function () {
  "use strict";

  function focusOn(target) {
    if (!target) {
      return;
    }
    if (!target.matches("a, button, input, select, textarea, [tabindex]")) {
      target.setAttribute("tabindex", "-1");
    }
    target.focus();
  }

  // The summary of errors takes focus, so a screen reader and the keyboard start there.
  focusOn(document.querySelector(".error-summary"));

  // After a swap, focus goes to what was opened; a part that only refreshes itself says nothing and takes nothing.
  document.body.addEventListener("htmx:afterSettle", function (event) {
    const swapped = event.detail.elt;
    if (!(swapped instanceof Element)) {
      return;
    }
    const wanted = swapped.matches("[data-focus]") ? swapped : swapped.querySelector("[data-focus], .error-summary");
    focusOn(wanted);
  });

  // A row opened once is closed and opened again where it stands: nothing is asked, so nothing is read again.
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    const link = event.detail.elt;
    const row = link instanceof Element && link.matches("[data-opens]") ? link.closest("tr") : null;
    const detail = row && row.nextElementSibling;
    if (!detail || !detail.matches(".is-detail")) {
      return;
    }
    event.preventDefault();
    detail.hidden = !detail.hidden;
    row.classList.toggle("is-open", !detail.hidden);
    link.setAttribute("aria-expanded", String(!detail.hidden));
  });

  // A request that failed is said in the page, not in the console.
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.body.addEventListener(name, function () { document.documentElement.classList.add("is-cut-off"); });
  });
  document.body.addEventListener("htmx:beforeSwap", function () { document.documentElement.classList.remove("is-cut-off"); });

  // A browser that cannot be told in CSS where a table opens is scrolled to the present month.
  if (window.innerWidth < 768 && !CSS.supports("scroll-initial-target", "nearest")) {
    document.querySelectorAll(".heat .is-first").forEach(function (head) {
      head.closest(".table-region").scrollLeft = head.offsetLeft;
    });
  }

  // Menus of the bar close with Escape and with a click elsewhere.
  function closeMenus(except) {
    document.querySelectorAll("details.switch[open]").forEach(function (menu) {
      if (menu !== except) {
        menu.removeAttribute("open");
      }
    });
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target instanceof Element ? event.target.closest("details.switch") : null);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    const open = document.querySelector("details.switch[open]");
    if (open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    }
  });

  // A long list of choices can be searched; accents may be left out.
  function bare(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  document.querySelectorAll("[data-pick-search]").forEach(function (search) {
    search.hidden = false;
    search.addEventListener("input", function () {
      const wanted = bare(search.value.trim());
      search.closest(".pick").querySelectorAll(".pick-one").forEach(function (one) {
        one.hidden = wanted !== "" && !bare(one.textContent).includes(wanted) && !one.querySelector("input").checked;
      });
    });
    // Enter searches; it does not send the form.
    search.addEventListener("keydown", function (event) {
      if (event.key === "Enter") {
        event.preventDefault();
      }
    });
  });

  // An upload sent by htmx moves the bar in its form; without script the browser shows its own progress.
  document.body.addEventListener("htmx:xhr:progress", function (event) {
    const form = event.detail.elt;
    const shown = form instanceof Element ? form.querySelector("[data-upload-progress]") : null;
    if (!shown || !event.detail.lengthComputable || !event.detail.total) {
      return;
    }
    const share = Math.min(100, Math.floor((event.detail.loaded / event.detail.total) * 100));
    shown.hidden = false;
    shown.querySelector("[data-upload-bar]").setAttribute("width", String(share));
    shown.querySelector("[data-upload-share]").textContent = share + " %";
  });

  // Two clicks are one act.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (!form.hasAttribute("hx-post")) {
      form.dataset.sent = "1";
      window.setTimeout(function () { delete form.dataset.sent; }, 4000);
    }
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
})();
