/** What this till has of a member's phone: all of it, what the host shows of it, or nothing. */
export function phoneKept(phone: string): 'whole' | 'part' | 'none' {
  if (!/\d/.test(phone)) return 'none';
  return phone.includes('*') || phone.includes('•') ? 'part' : 'whole';
}
