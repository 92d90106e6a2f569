/** The name out of who did something as the journal has it (`manager#<id>:Tan Mei Ling`): ids are for the record. */
export const actorName = (text: string): string =>
  text.replace(/^(?:program|till|cashier|manager)(?:#[^:]*)?:/, '');
