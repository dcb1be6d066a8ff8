/**
 * Whether a key belongs to an input method, which is composing with it: then it is nobody else's.
 * Safari ends the composition before the keydown of the Enter that ended it; 229 tells that one.
 *
 * @param {KeyboardEvent} event
 */
export const isImeKey = (event) => event.isComposing || event.keyCode === 229;
