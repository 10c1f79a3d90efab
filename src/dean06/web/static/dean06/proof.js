// The page of a paper's proof: the checksum of a dropped file is worked out here, so the file itself is not sent.
// Without script, or where the browser gives no SubtleCrypto (a page without TLS), the form uploads the file as it is.
(function () {
  "use strict";

  const form = document.querySelector("form[data-proof]");
  if (!form) {
    return;
  }
  const field = form.querySelector("input[type=file]");
  const told = form.querySelector("input[name=sha256]");
  const able = Boolean(window.crypto && window.crypto.subtle);
  form.querySelector("[data-proof-note]").hidden = !able;

  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  form.addEventListener("submit", function (event) {
    if (!able || told.value || !field.files.length) {
      return;
    }
    event.preventDefault();
    field.files[0].arrayBuffer().then(function (bytes) {
      return window.crypto.subtle.digest("SHA-256", bytes);
    }).then(function (digest) {
      told.value = hex(digest);
      field.disabled = true;
      form.submit();
    }, function () {
      form.submit(); // a file that cannot be read here is sent as it is
    });
  });

  // A page taken back from the browser's memory starts anew.
  window.addEventListener("pageshow", function () {
    told.value = "";
    field.disabled = false;
  });

  form.addEventListener("dragover", function (event) { event.preventDefault(); });
  form.addEventListener("drop", function (event) {
    event.preventDefault();
    if (event.dataTransfer && event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
})();
