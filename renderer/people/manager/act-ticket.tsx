import { TicketFace } from '../../kit/ticket-face.tsx';

/** What a PIN is asked for, as the ticket that it becomes. */
export interface AskedAct {
  readonly title: string;
  readonly lines: readonly string[];
}

export function ActTicket({ title, lines }: AskedAct) {
  const line = lines.map((one) => (
    <span key={one}>
      {one}
      <br />
    </span>
  ));
  return <TicketFace look="wait" number="" stub={[]} title={title} line={line} />;
}
