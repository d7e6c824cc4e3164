// The code stands behind the # of a link, where no server sees it: send it as a form.
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("tracking_code").value = code;
  document.getElementById("ask").requestSubmit();
}
