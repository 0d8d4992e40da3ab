/**
 * When a user's request is due: each has a place of its own in the time since the user began, and a random moment in it.
 * A late answer delays no later request, so a platform that slows down does not get less to do.
 * @param {number} index of the request, from 0
 * @param {number} placeMs length of a place
 * @param {number} chance from 0 to 1
 * @returns {number} milliseconds after the user began
 */
export function dueAfterMs(index, placeMs, chance) {
  return (index + chance) * placeMs;
}
