/** What the built-in payment provider does with a card; every other number is declined. */
export type TestCardOutcome = 'succeeds' | 'declined' | 'insufficient_funds' | 'answer_lost' | 'request_lost';

export interface TestCard {
  /** In groups of four, as people type it. */
  number: string;
  outcome: TestCardOutcome;
  /** What it does, in English. */
  description: string;
}

/** Cards of the built-in payment provider. Any security code and any month to come go with them. */
export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242 4242 4242 4242', outcome: 'succeeds', description: 'is charged' },
  { number: '4000 0000 0000 0002', outcome: 'declined', description: 'is declined by its bank' },
  { number: '4000 0000 0000 9995', outcome: 'insufficient_funds', description: 'is declined for want of funds' },
  {
    number: '4000 0000 0000 0077',
    outcome: 'answer_lost',
    description: 'is charged, but the answer is lost: the payment is pending until it is looked up',
  },
  {
    number: '4000 0000 0000 0341',
    outcome: 'request_lost',
    description: 'never reaches the provider: the payment is pending, then fails, and nothing is charged',
  },
];
