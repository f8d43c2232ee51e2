export function BringPage() { return <div className="page"><h1>BringPage</h1></div>; }
