export const ReportFormPage = () => null;
