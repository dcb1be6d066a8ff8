/** Languages that are offered besides those that a group speaks. */
export const COMMON = ["en", "zh", "es", "fr", "ru", "ar", "de", "pt"];
