// Shows of metrics, tables, traps and questions those that hold all words of the search; / goes to its field.
(() => {
  const field = document.querySelector('#find');
  const told = document.querySelector('#found');
  const parts = [...document.querySelectorAll('[data-part]')].map(p => [p, p.textContent.toLowerCase()]);
  const sections = [...document.querySelectorAll('[data-parts]')];
  const find = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [part, text] of parts) {
      part.hidden = !words.every(w => text.includes(w));
      count += !part.hidden;
    }
    for (const section of sections) section.hidden = words.length > 0 && !section.querySelector('[data-part]:not([hidden])');
    told.textContent = words.length ? `${count} / ${parts.length}` : '';
  };
  field.addEventListener('input', find);
  addEventListener('keydown', e => {
    if (e.key === '/' && document.activeElement !== field) { e.preventDefault(); field.focus(); }
    if (e.key === 'Escape') { field.value = ''; find(); }
  });
  // A link from one table to another leads to it also while the search hides it.
  addEventListener('hashchange', () => { field.value = ''; find(); document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView(); });
})();
