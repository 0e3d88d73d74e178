export const EventPage = () => null;
