// The head of the page: what was read and what was not, first; then how it stands.

function headOf({ data, texts, scan, whatIf }) {
  const { endpoints, findings, suppressed, read } = scan;
  const weak = endpoints.filter((one) => one.faults.length > 0).length;
  const goals = whatIf.model.goals.length;
  const headline =
    endpoints.length === 0
      ? 'Nothing here is known to need an identity endpoint.'
      : `${counted(goals, 'workload')} ${goals === 1 ? 'needs' : 'need'} ${counted(endpoints.length, 'identity endpoint')}. ` +
        (weak === 0
          ? 'None of them hangs on a single thing that somebody here could double.'
          : `${weak === endpoints.length ? 'Each' : number.format(weak)} of them ${weak === 1 ? 'hangs' : 'hang'} on single things that somebody here could double.`);
  const snapshots = read.snapshots.map(
    ([file, version, created]) => `${texts[file]}, made ${texts[created]} by mainstay ${texts[version]}`,
  );
  return el(
    'header',
    { class: 'head' },
    el('p', { class: 'brand' }, `Mainstay ${data.version} · who loses access when DNS fails`),
    el('h1', {}, data.title),
    snapshots.length > 0 && el('p', { class: 'faint' }, `From ${snapshots.join('; ')}.`),
    el('p', { class: 'headline' }, headline),
    completeness(read, texts),
    tiles(findings, suppressed, endpoints, goals, weak),
  );
}

/** Completeness in words: a report of half an estate must not look like one of the whole. */
function completeness(read, texts) {
  const [readFiles, notOurs, skipped] = read.states;
  const others = [
    notOurs > 0 && `${counted(notOurs, 'file')} of formats that Mainstay does not know`,
    skipped > 0 && `${counted(skipped, 'file')} skipped`,
  ]
    .filter(Boolean)
    .join(', ');
  const words = `${counted(readFiles, 'file')} read (${octetsWords(read.octets)})${others ? `; not read: ${others}` : ''}.`;
  const formats = read.formats.map(([format, count]) => `${texts[format]} ${number.format(count)}`).join(' · ');
  const rest = el(
    'details',
    {},
    el('summary', {}, 'What was read'),
    el(
      'p',
      {},
      `From ${read.roots.map((one) => texts[one]).join(', ') || 'no folder'}${read.logs.length > 0 ? `, with the logs ${read.logs.map((one) => texts[one]).join(', ')}` : ''}.`,
    ),
    formats && el('p', {}, formats),
    ...read.unread.map(([cause, reason, count, files]) =>
      el(
        'p',
        { 'data-cause': texts[cause] },
        `${counted(count, 'file')} ${texts[cause] === 'read-in-part' ? 'read in part' : `not read (${texts[cause]})`}${reason ? `: ${texts[reason]}` : ''}. `,
        el('span', { class: 'faint' }, files.map((one) => texts[one]).join(', ')),
      ),
    ),
  );
  if (!read.incomplete) {
    return el(
      'div',
      { class: 'completeness complete' },
      el('p', {}, inline(standingSign('fine')), el('strong', {}, ' Complete. '), `Every file of a known format was read whole: ${words}`),
      rest,
    );
  }
  const gaps = el('ul', {});
  return el(
    'div',
    { class: 'completeness gaps', role: 'note' },
    el(
      'p',
      {},
      inline(standingSign('now')),
      el('strong', {}, ' Incomplete. '),
      `Not everything could be read, so what is not listed here is not known to be safe: ${counted(read.gapCount, 'gap')}. ${words}`,
    ),
    el(
      'details',
      { open: read.gaps.length <= 5 },
      el('summary', {}, counted(read.gapCount, 'gap')),
      paged(gaps, read.gaps, (gap) => el('li', {}, texts[gap]), 20),
      read.gapCount > read.gaps.length &&
        el('p', {}, `${number.format(read.gapCount - read.gaps.length)} more are in \`mainstay scan --errors\`.`),
    ),
    rest,
  );
}

function tiles(findings, suppressed, endpoints, goals, weak) {
  const tile = (count, words, target, sign) =>
    el('a', { class: 'tile', href: target }, el('span', { class: 'count' }, sign ?? null, number.format(count)), el('span', {}, words));
  const counts = kSeverities.map((_, at) => findings.filter((one) => one.severity === at).length);
  return el(
    'div',
    { class: 'tiles' },
    tile(goals, goals === 1 ? 'workload that signs in' : 'workloads that sign in', '#endpoints'),
    tile(endpoints.length, endpoints.length === 1 ? 'identity endpoint' : 'identity endpoints', '#endpoints'),
    tile(weak, weak === 1 ? 'endpoint with single faults' : 'endpoints with single faults', '#endpoints'),
    ...[4, 3, 2, 1, 0]
      .filter((at) => counts[at] > 0 || at === 4)
      .map((at) =>
        tile(
          counts[at],
          `${kSeverities[at]} ${counts[at] === 1 ? 'finding' : 'findings'}`,
          '#findings',
          inline(severitySign(kSeverities[at])),
        ),
      ),
    suppressed.length > 0 && tile(suppressed.length, 'accepted for now', '#suppressed'),
  );
}

/** What no rule could decide, with how often. */
function undecidedOf({ texts, scan }) {
  const rows = scan.read.undecided;
  if (rows.length === 0) return null;
  return el(
    'section',
    { id: 'undecided', 'aria-labelledby': 'undecided-title' },
    el('h2', { id: 'undecided-title' }, 'What could not be decided'),
    el('p', { class: 'faint' }, 'Where Mainstay does not know, it is silent and counts here.'),
    el(
      'div',
      { class: 'scroll' },
      el(
        'table',
        {},
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ['Count', 'What', 'Why', 'For example'].map((words) => el('th', { scope: 'col' }, words)),
          ),
        ),
        el(
          'tbody',
          {},
          rows.map(([what, why, count, examples]) =>
            el(
              'tr',
              {},
              el('td', { class: 'number' }, number.format(count)),
              el('td', {}, texts[what]),
              el('td', {}, texts[why]),
              el('td', { class: 'faint break' }, examples.map((one) => texts[one]).join(', ')),
            ),
          ),
        ),
      ),
    ),
  );
}
