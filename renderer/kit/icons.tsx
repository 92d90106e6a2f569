const paths = {
  cancel: 'M5 5l10 10M15 5L5 15',
  reverse: 'M7 4L3 8l4 4M3 8h9a4.5 4.5 0 010 9H8',
  close: 'M5 5l10 10M15 5L5 15',
  find: 'M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11zM13 13l4 4',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  pen: 'M4 16l1-4 8.5-8.5 3 3L8 15z',
  back: 'M7.5 5h9v10h-9L2.5 10zM9.5 8l4 4M13.5 8l-4 4',
  check: 'M4 10.5l4 4 8-9',
  card: 'M3 5v10M6 5v10M9.5 5v10M12 5v10M14.5 5v10M17 5v10',
  go: 'M4 10h12M11 5l5 5-5 5',
} as const;

export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
