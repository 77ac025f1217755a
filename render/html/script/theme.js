// Light, dark, or as the system prefers.

function themeSwitch() {
  const choose = el(
    'select',
    {
      id: 'theme',
      on: {
        change: () => {
          document.documentElement.dataset.theme = choose.value;
        },
      },
    },
    ...[
      ['auto', 'as the system'],
      ['light', 'light'],
      ['dark', 'dark'],
    ].map(([value, words]) => el('option', { value }, words)),
  );
  document.documentElement.dataset.theme = 'auto';
  return el('label', { class: 'theme' }, 'Colours ', choose);
}
