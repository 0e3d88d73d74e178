import { AddressNotice } from '../shared/AddressNotice';
import { t } from '../shared/i18n';
import { usePlanHere } from '../state/scope';

/** Says that the address names a unit that the plan does not have. */
export function UnknownUnit({ asked = '' }: { readonly asked: string | undefined }) {
  const { plan } = usePlanHere();
  return (
    <main className="page">
      <AddressNotice
        isPage
        text={t('规划没有填报单位 {{unit}}', { unit: asked })}
        waysOut={[{ text: t('看我的单位'), href: `/p/${plan}/report` }]}
      />
    </main>
  );
}
