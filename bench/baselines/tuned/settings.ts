/** Settings of the tuned baseline's database, as its administrator would make them on a machine with SSDs. */
export const tunedSettings: Readonly<Record<string, string>> = {
  // To compile a statement takes longer than any of these run.
  jit: 'off',
  // With less, a bitmap of many matches remembers pages only, and each row on them is looked at.
  work_mem: '32MB',
  random_page_cost: '1.1',
};
