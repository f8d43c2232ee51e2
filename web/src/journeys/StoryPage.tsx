export function StoryPage() { return <div className="page"><h1>StoryPage</h1></div>; }
