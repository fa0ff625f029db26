/** Stands for parts of JsSIP that this page has no use for: all but being rung is asked of the house, not by SIP. */
module.exports = class Unused {
  constructor() {
    throw new Error('This phone can only be rung.')
  }
}
