export const FirstStart = () => null
