/**
 * The structure of the product as rules, and planted packages that break each rule once, so that a
 * rule which sees nothing any more is noticed.
 */
package chat.plenary.messaging.architecture;
