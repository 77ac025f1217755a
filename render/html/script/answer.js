// The answer to a what-if, in words.

const kStandingWords = {
  failed: 'failed',
  now: 'cannot authenticate now',
  'time-out': 'times out',
  degraded: 'fails in part',
  later: 'locked out later',
  slow: 'gets slow',
  untold: 'goes another way; for how long, ask the program',
  fine: 'goes on',
  unknown: 'not known: no resolver is named',
  'lost-anyway': 'cannot authenticate in any case',
};
const kStandingTitles = {
  now: 'Cannot authenticate now',
  'time-out': 'Time out',
  degraded: 'Fail in part',
  later: 'Locked out later',
  slow: 'Get slow',
  untold: 'Another way, of unknown length',
  fine: 'Go on',
  unknown: 'Not known',
  'lost-anyway': 'Cannot authenticate in any case',
};
const kHeadlineWords = {
  'time-out': 'time out',
  degraded: 'fail in part',
  later: 'later',
  slow: 'get slow',
  untold: 'take another way of unknown length',
  fine: 'unaffected',
  unknown: 'unknown',
  'lost-anyway': 'cannot authenticate in any case',
};

function headlineOf(state) {
  const count = (standing) => state.outcomes.filter((one) => one.standing === standing).length;
  const rest = kStandings
    .slice(1)
    .filter((one) => count(one) > 0 || one === 'fine')
    .map((one) => `${number.format(count(one))} ${kHeadlineWords[one]}`);
  return `${counted(count('now'), 'workload')} cannot authenticate now; ${rest.join('; ')}. ${number.format(state.outcomes.length)} in all.`;
}

/** Everybody, worst first; ways in for emergencies before that. */
function answerLists(page, state) {
  const lists = kStandings
    .map((standing) => [standing, state.outcomes.filter((one) => one.standing === standing)])
    .filter(([, rows]) => rows.length > 0);
  const breakGlass = state.outcomes.filter((one) => one.goal.purpose === 'break-glass');
  return [
    breakGlass.length > 0 &&
      el(
        'ul',
        { class: 'break-glass' },
        breakGlass.map((one) => breakGlassRow(page, state, one)),
      ),
    ...lists.map(([standing, rows]) => standingList(page, state, standing, rows)),
    el('p', { class: 'faint' }, 'The fastest relief, and the arithmetic of each time:'),
    commandLine(commandOf(page, state.faults)),
  ].filter(Boolean);
}

function breakGlassRow(page, state, one) {
  const reason = reasonOf(page.whatIf, state, one);
  const words =
    one.standing === 'fine'
      ? 'stands open'
      : one.standing === 'unknown'
        ? `not known: ${reason}`
        : one.standing === 'slow'
          ? `open, slow: ${reason}`
          : `NOT open (${one.standing}): ${reason}`;
  return el(
    'li',
    {},
    inline(standingSign(one.standing)),
    el('strong', {}, ' Way in for emergencies '),
    `${page.whatIf.name(one.node)}: ${words}`,
  );
}

function standingList(page, state, standing, rows) {
  const concerned = standing === 'fine' ? [...rows].sort((a, b) => b.near - a.near) : rows;
  const list = el('ul', { 'data-standing': standing });
  const body = el('div', {});
  const quiet = standing === 'fine' || standing === 'unknown' || standing === 'lost-anyway';
  const details = el(
    'details',
    {
      class: `standing ${standing}`,
      on: {
        toggle: () => {
          if (details.open && body.childElementCount === 0) body.append(paged(list, concerned, (one) => standingRow(page, state, one), 50));
        },
      },
    },
    el(
      'summary',
      {},
      inline(standingSign(standing)),
      ` ${kStandingTitles[standing]} `,
      el('span', { class: 'count' }, number.format(rows.length)),
    ),
    body,
  );
  details.open = !quiet || (rows.some((one) => one.near) && rows.length <= 30);
  if (details.open) body.append(paged(list, concerned, (one) => standingRow(page, state, one), 50));
  return details;
}

function standingRow({ whatIf }, state, one) {
  const endpoints = [...new Set(one.uses.map((use) => whatIf.label(use)))].sort().join(', ');
  const reason = reasonOf(whatIf, state, one);
  const first = one.ending && one.standing === 'later' ? runsOutFirst(whatIf, one.ending) : '';
  const later = one.standing === 'later' ? `locked out after ${lockoutWords(one.ending)}${first ? ` (${first})` : ''}: ` : '';
  const ways = one.near && ['fine', 'slow', 'untold', 'time-out'].includes(one.standing) ? standIns(whatIf, state, one.node) : [];
  const arithmetic = one.wait && one.standing !== 'fine' ? one.wait.arithmetic : '';
  return el(
    'li',
    {},
    el('span', { class: 'who break' }, whatIf.name(one.node)),
    endpoints && el('span', { class: 'faint break' }, ` ${endpoints}`),
    (later || reason) && el('span', { class: 'why' }, `${later}${reason}${arithmetic ? `: ${arithmetic}` : ''}`),
    ways.map(({ without, by }) => el('span', { class: 'why' }, `without ${without}: ${by} stands in`)),
  );
}
