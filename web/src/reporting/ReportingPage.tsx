export const ReportingPage = () => null;
