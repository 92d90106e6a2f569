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
  open: 'M7.5 4.5L13 10l-5.5 5.5',
  day: 'M5.500 4.500h9a2.500 2.500 0 012.500 2.500v7a2.500 2.500 0 01-2.500 2.500h-9A2.500 2.500 0 013 14V7a2.500 2.500 0 012.500-2.500zM3 8.500h14M7 2.800v3M13 2.800v3',
  review: 'M10 3l7.300 13H2.700zM10 8v3.500M10 13.800h.01',
  owner: 'M4 16.500V10M8 16.500V5.500M12 16.500V8M16 16.500V3.500',
  rules:
    'M3.500 8h13v3h-13zM4.500 11v6h11v-6M10 8v9M10 8S9.500 3.500 7 3.500 5.500 8 10 8zM10 8s.500-4.500 3-4.500S14.500 8 10 8z',
  people:
    'M7.500 4a3 3 0 100 6 3 3 0 000-6zM2.500 16c.400-3 2.300-4.500 5-4.500s4.600 1.500 5 4.500M13 4.300a3 3 0 010 5.400M14.500 12c1.800.600 2.800 2 3 4',
  receipts: 'M5 3v14l2-1.300L9 17l2-1.300L13 17l2-1.300V3zM8 7h4M8 10.500h4',
  settings: 'M5 4h10a2 2 0 012 2v5.500a2 2 0 01-2 2H5a2 2 0 01-2-2V6a2 2 0 012-2zM7.500 17h5M10 13.500V17',
  kybio: 'M7.500 2.500v4M12.500 2.500v4M5.500 6.500h9v3a4.500 4.500 0 01-9 0zM10 14v3.500',
  safety:
    'M10 2.800l6 2.200v4.500c0 3.900-2.500 6.500-6 7.700-3.500-1.200-6-3.800-6-7.700V5zM7.500 10l1.800 1.800 3.400-3.700',
  lock: 'M6 9h8a2 2 0 012 2v4a2 2 0 01-2 2H6a2 2 0 01-2-2v-4a2 2 0 012-2zM7 9V6.500a3 3 0 016 0V9',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
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
