const BRANDS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  mir: 'Mir',
  discover: 'Discover',
  unionpay: 'UnionPay',
};

/** A card as receipts name it: `Visa •••• 4242`; only its digits where the brand is not known. */
export const cardText = ({ brand, last4 }: { brand: string; last4: string }): string =>
  [BRANDS[brand], `•••• ${last4}`].filter(Boolean).join(' ');
