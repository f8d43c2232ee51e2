export function VariantsPage() { return <div className="page"><h1>VariantsPage</h1></div>; }
