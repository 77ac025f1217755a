// The page on paper: what is folded is unfolded, what comes in pages is listed further, and the whole map is fitted. Afterwards it is as it
// was, but for longer lists.

const kMostOnPaper = 200; // of each list; what is more is counted below it

function readyForPaper(page) {
  let unfolded = [];
  addEventListener('beforeprint', () => {
    page.findings.showAtLeast(kMostOnPaper);
    page.endpoints.showAtLeast(kMostOnPaper);
    unfolded = [...document.querySelectorAll('main details:not([open]):not(.keys), .completeness details:not([open])')];
    for (const one of unfolded) {
      one.open = true;
      one.dispatchEvent(new Event('toggle')); // of its own it comes when the paper is out
    }
    page.map.toPaper();
  });
  addEventListener('afterprint', () => {
    for (const one of unfolded) one.open = false;
    unfolded = [];
    page.map.fromPaper();
  });
}
