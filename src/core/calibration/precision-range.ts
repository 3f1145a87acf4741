/**
 * The precisions that a threshold may be asked for.
 */
/** Below a half, most of what is found would be wrong. */
export const LEAST_PRECISION = 0.5;

/** Past it, no one can label enough. */
export const GREATEST_PRECISION = 0.9999;
