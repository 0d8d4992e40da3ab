// Before the first paint, so that a dark screen never flashes light. A file of its own: the page allows no inline script.
(function () {
  var stored;
  try {
    stored = window.localStorage.getItem('orion-scheme');
  } catch {
    stored = null;
  }
  var dark =
    stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
