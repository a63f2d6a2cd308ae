// Figures that nobody states are null in the JSON and NaN here: NaN makes no sum look known, is not
// drawn, and comes last in tables, where null would count as zero.
export type Pair = [number, number];
export type Stated = number | null;  // as it is written

export const figure = (value: unknown): number => typeof value === 'number' ? value : NaN;
export const unstated = (of: {platform: string; engine: string}) => `${of.platform} states neither power nor energy of its engine '${of.engine}'`;
export const pair = (value: Pair | null): Pair => value ?? [NaN, NaN];
