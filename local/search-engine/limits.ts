/** Documents per index at most: with more of them a search takes too long in this engine. */
export const MAX_DOCUMENTS = 20_000;
