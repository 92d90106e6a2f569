/** The questions of the check-up. */
export const checkUpQuestions = ['same-bytes-again', 'in-the-recharge-log'] as const;
