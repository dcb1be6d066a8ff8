/**
 * The order in which results are drawn.
 *
 * @import {ResultQuestion} from "../types"
 */

/** Choices from the most chosen down, ties by the survey's own order and with one rank; a scale as it was asked. @param {ResultQuestion} question */
export function rowsOf(question) {
  if (question.type === "scale") return question.options.map((option) => ({ ...option, rank: null }));
  const ranked = question.options.map((option) => ({
    ...option,
    rank: option.count === null ? null : (option.rank ?? 1 + question.options.filter((other) => (other.count ?? -1) > (option.count ?? 0)).length),
  }));
  return ranked.sort((a, b) => (b.count ?? -1) - (a.count ?? -1));
}
