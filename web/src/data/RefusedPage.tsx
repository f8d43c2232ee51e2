export function RefusedPage() { return <div className="page"><h1>RefusedPage</h1></div>; }
