/** Without what is undefined: some take that for a value. */
export const defined = options => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
